"""The part 컨설팅 파일 of the room 기업 진단: what a consultant keeps of a company over the years."""

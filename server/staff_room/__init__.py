"""What the room 자료 관리 asks of the server: one module for each tab, behind who is signed in as staff."""

"""The room 자료 관리: one module for each of its tabs, and the port through which that tab acts."""

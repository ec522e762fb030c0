"""Checkpoints and courses from the files of course-setting programs and maps.

Each reader takes the bytes of a file and returns the part of a race file that it holds, and every fault with the line
it stands on. What cannot be taken is a fault; what is merely absent is not.
"""

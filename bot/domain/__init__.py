"""The rules of mentoring, without any I/O: data, dates, what is due, and how a pair is doing."""

"""Slack: its payloads become events, cards and forms become its blocks and windows. No rule of mentoring is here."""

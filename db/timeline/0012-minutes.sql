-- Minutes of a patient's meeting become an entry.
INSERT INTO lib_reactor (topic, program) VALUES ('meeting.minutes_written', 'timeline');

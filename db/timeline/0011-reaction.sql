-- What other modules tell becomes an entry: a dose that was recorded.
INSERT INTO lib_reactor (topic, program) VALUES ('vaccination.completed', 'timeline');

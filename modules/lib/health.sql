-- Whether the database answers.

--! row alive (i64 n)

--! one alive ping ()
SELECT 1 AS n;

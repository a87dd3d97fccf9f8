-- What a network decides of its own about professions and kinds of entries.

--! exec again (key network, text profession, text? sees, text? writes)
UPDATE care_network_right SET sees = :sees, writes = :writes
 WHERE network_id = :network AND profession = :profession;

--! exec add (key network, text profession, text? sees, text? writes)
INSERT IGNORE INTO care_network_right (network_id, profession, sees, writes)
VALUES (:network, :profession, :sees, :writes);

--! exec clear (key network, text profession)
DELETE FROM care_network_right WHERE network_id = :network AND profession = :profession;

--! row own (text profession, text? sees, text? writes)

--! many own list (key network)
SELECT profession, sees, writes FROM care_network_right
 WHERE network_id = :network ORDER BY profession;

--! one own find (key network, text profession)
SELECT profession, sees, writes FROM care_network_right
 WHERE network_id = :network AND profession = :profession;

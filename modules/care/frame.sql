-- What heads every page; read every few seconds, not a request.

--! row network (key network_id, text nickname, text colour, text phone, text patient_word)
--! row tab (text module, text place, text path, text label)

--! many network networks ()
SELECT id AS network_id, nickname, colour, phone, patient_word FROM care_network;

--! many tab tabs ()
SELECT module, place, path, label FROM care_module ORDER BY place, position;

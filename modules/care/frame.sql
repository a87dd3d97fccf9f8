-- What heads every page; read every few seconds, not a request.

--! row network (key network_id, text nickname, text colour, text phone, text patient_word)
--! row tab (text module, text place, text path, text label, text? roles)

--! row alert (key network_id, text names, bool extreme)

--! many network networks ()
SELECT id AS network_id, nickname, colour, phone, patient_word FROM care_network;

--! many tab tabs ()
SELECT module, place, path, label, roles FROM care_module ORDER BY place, position;

--! row off (key network_id, text module)

--! many off offs ()
-- Modules that a network has switched off.
SELECT network_id, module FROM care_network_module WHERE NOT enabled;

--! row kinds (key network_id, text profession, text? sees, text? writes)

--! many kinds kinds ()
-- Where a network has its own rights. Only for what a page offers: what somebody
-- may is asked of the database, at the act.
SELECT network_id, profession, sees, writes FROM care_network_right;

--! many alert alerts ()
-- What is severe or worse in a network's towns now, from public bulletins.
SELECT t.network_id,
       LEFT(GROUP_CONCAT(DISTINCT a.name ORDER BY a.severity DESC, a.name SEPARATOR '・'), 200) AS names,
       CAST(MAX(a.severity = 'extreme') AS SIGNED) AS extreme
  FROM (SELECT network_id, municipality AS code FROM care_network_municipality
         UNION SELECT network_id, CONCAT(LEFT(municipality, 2), '000')
          FROM care_network_municipality
         UNION SELECT id, '00000' FROM care_network) AS t
  JOIN care_bulletin_area a ON a.municipality = t.code
   AND a.severity IN ('severe', 'extreme') AND a.kind NOT IN ('none', 'outlook')
  JOIN care_bulletin b ON b.id = a.bulletin_id AND b.status = 'actual'
   AND b.state = 'issued' AND b.from_at <= UTC_TIMESTAMP(3)
   AND b.until_at > UTC_TIMESTAMP(3)
 GROUP BY t.network_id;

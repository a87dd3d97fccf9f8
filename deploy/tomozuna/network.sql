-- Networks: one row each, and what a network switches off.

--! exec1 add (ref ref, text code, text nickname, text colour, text sender, text phone)
INSERT INTO care_network (ref, code, nickname, colour, sender, phone)
VALUES (:ref, :code, :nickname, :colour, :sender, :phone);

--! exec1 set (key id, text? nickname, text? colour, text? sender, text? phone,
--!   text? patient_word, i64? cap, i64? sen, bool? named,
--!   i64? again_minutes, i64? again_times, text? registers,
--!   bool? patient_approves, bool? consent_image, i64? keep_years, key? officer_office)
-- What is NULL stays. A unit's price comes in sen, a hundredth of a yen.
UPDATE care_network SET nickname = COALESCE(:nickname, nickname),
       colour = COALESCE(:colour, colour), sender = COALESCE(:sender, sender),
       phone = COALESCE(:phone, phone),
       patient_word = COALESCE(:patient_word, patient_word),
       sms_monthly_cap = COALESCE(:cap, sms_monthly_cap),
       sms_unit_yen = COALESCE(:sen / 100, sms_unit_yen),
       named_receipts = COALESCE(:named, named_receipts),
       urgent_again_minutes = COALESCE(:again_minutes, urgent_again_minutes),
       urgent_again_times = COALESCE(:again_times, urgent_again_times),
       registers = COALESCE(:registers, registers),
       patient_approves = COALESCE(:patient_approves, patient_approves),
       consent_image = COALESCE(:consent_image, consent_image),
       keep_years = COALESCE(:keep_years, keep_years),
       officer_office_id = COALESCE(:officer_office, officer_office_id)
 WHERE id = :id;

--! row network (text code, text nickname, text colour, text sender, text phone,
--!   text patient_word, i64 cap, i64 sen, bool named, i64 offices, i64 users, i64 patients)

--! many network list ()
SELECT n.code, n.nickname, n.colour, n.sender, n.phone, n.patient_word,
       n.sms_monthly_cap AS cap, CAST(n.sms_unit_yen * 100 AS SIGNED) AS sen,
       n.named_receipts AS named,
       (SELECT COUNT(*) FROM care_office o WHERE o.network_id = n.id
           AND o.closed_at IS NULL) AS offices,
       (SELECT COUNT(*) FROM care_user u WHERE u.network_id = n.id
           AND u.suspended_at IS NULL) AS users,
       (SELECT COUNT(*) FROM care_patient p WHERE p.network_id = n.id) AS patients
  FROM care_network n ORDER BY n.code;

--! row decided (text name, text channel, bool wanted)

--! many decided decisions (key network)
-- What a network has decided otherwise than by default.
SELECT module AS name, 'module' AS channel, enabled AS wanted
  FROM care_network_module WHERE network_id = :network
UNION ALL
SELECT kind, channel, wanted FROM care_network_choice WHERE network_id = :network
ORDER BY channel, name;

--! row known (i64 n)

--! one known module_known (text module)
SELECT COUNT(*) AS n FROM care_module WHERE module = :module;

--! exec enable_again (key network, text module, bool enabled)
UPDATE care_network_module SET enabled = :enabled
 WHERE network_id = :network AND module = :module;

--! exec1 enable (key network, text module, bool enabled)
INSERT INTO care_network_module (network_id, module, enabled)
VALUES (:network, :module, :enabled);

--! row place (text municipality)

--! exec add_place (key network, text municipality)
INSERT IGNORE INTO care_network_municipality (network_id, municipality)
VALUES (:network, :municipality);

--! exec remove_place (key network, text municipality)
DELETE FROM care_network_municipality
 WHERE network_id = :network AND municipality = :municipality;

--! many place places (key network)
SELECT municipality FROM care_network_municipality
 WHERE network_id = :network ORDER BY municipality;

--! exec record_choice (key network, text kind, text channel, bool wanted, utc now)
-- Before it is made, and only where it changes something.
INSERT INTO care_notice_switch (network_id, kind, channel, wanted, at, how)
SELECT w.id, :kind, :channel, :wanted, :now, 'command'
  FROM care_network w
 WHERE w.id = :network AND NOT EXISTS (SELECT 1 FROM care_network_choice y
       WHERE y.network_id = w.id AND y.kind = :kind AND y.channel = :channel AND y.wanted = :wanted);

--! exec choose_again (key network, text kind, text channel, bool wanted)
UPDATE care_network_choice SET wanted = :wanted
 WHERE network_id = :network AND kind = :kind AND channel = :channel;

--! exec1 choose (key network, text kind, text channel, bool wanted)
INSERT INTO care_network_choice (network_id, kind, channel, wanted)
VALUES (:network, :kind, :channel, :wanted);

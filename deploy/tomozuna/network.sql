-- Networks: one row each, and what a network switches off.

--! exec1 add (ref ref, text code, text nickname, text colour, text sender, text phone)
INSERT INTO care_network (ref, code, nickname, colour, sender, phone)
VALUES (:ref, :code, :nickname, :colour, :sender, :phone);

--! exec1 set (key id, text? nickname, text? colour, text? sender, text? phone,
--!   text? patient_word, i64? cap, i64? sen, bool? named)
-- What is NULL stays. A unit's price comes in sen, a hundredth of a yen.
UPDATE care_network SET nickname = COALESCE(:nickname, nickname),
       colour = COALESCE(:colour, colour), sender = COALESCE(:sender, sender),
       phone = COALESCE(:phone, phone),
       patient_word = COALESCE(:patient_word, patient_word),
       sms_monthly_cap = COALESCE(:cap, sms_monthly_cap),
       sms_unit_yen = COALESCE(:sen / 100, sms_unit_yen),
       named_receipts = COALESCE(:named, named_receipts)
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

--! exec choose_again (key network, text kind, text channel, bool wanted)
UPDATE care_network_choice SET wanted = :wanted
 WHERE network_id = :network AND kind = :kind AND channel = :channel;

--! exec1 choose (key network, text kind, text channel, bool wanted)
INSERT INTO care_network_choice (network_id, kind, channel, wanted)
VALUES (:network, :kind, :channel, :wanted);

-- A town of 2,000 patients with 500 entries each, made of arithmetic so that
-- every run has the same one. 400 users in 50 offices on 200 devices; a patient
-- has seven named users and one office as a whole in the team, a user some 75
-- patients. Loaded once, as the administrator; certificates come from
-- @device (number, SHA-256) filled in by tests/bench/place.sh.
SET SESSION sql_log_bin = 0, foreign_key_checks = 0,
	max_statement_time = 0, idle_transaction_timeout = 0,
	time_zone = '+00:00', sql_mode = 'STRICT_ALL_TABLES';

INSERT INTO care_network (id, ref, code, nickname, colour, sender, phone)
VALUES (1, UNHEX(MD5('network')), '999999', 'ともづなネット', '#1f6f54', 'ともづな', '000-0000-0000');

INSERT INTO care_office (id, ref, network_id, kind, name, office_number, phone)
SELECT seq, UNHEX(MD5(CONCAT('office', seq))), 1,
       ELT(1 + seq % 5, 'clinic', 'visiting_nurse', 'pharmacy', 'care_manager', 'home_help'),
       CONCAT(ELT(1 + seq % 10, 'あおぞら', 'むつみ', 'みなと', 'さくら', 'ひまわり', 'やまびこ', 'せせらぎ', 'こもれび', 'まごころ', 'つばさ'),
              ELT(1 + seq % 5, '内科クリニック', '訪問看護ステーション', '薬局', '居宅介護支援事業所', '訪問介護センター')),
       LPAD(seq, 10, '9'), '000-0000-0000'
  FROM seq_1_to_50;

INSERT INTO care_user (id, ref, network_id, login, family, given, kana_family, kana_given, lang)
SELECT seq, UNHEX(MD5(CONCAT('user', seq))), 1, CONCAT('user', seq),
       ELT(1 + seq % 12, '三好', '大西', '藤原', '近藤', '山下', '森', '岡田', '渡部', '越智', '白石', '曽我部', '宇都宮'),
       ELT(1 + seq % 11, 'かえで', '健一', '美咲', '直樹', '陽子', '翔太', '恵', '修', '千尋', '拓也', '和歌子'),
       ELT(1 + seq % 12, 'みよし', 'おおにし', 'ふじわら', 'こんどう', 'やました', 'もり', 'おかだ', 'わたなべ', 'おち', 'しらいし', 'そがべ', 'うつのみや'),
       ELT(1 + seq % 11, 'かえで', 'けんいち', 'みさき', 'なおき', 'ようこ', 'しょうた', 'めぐみ', 'おさむ', 'ちひろ', 'たくや', 'わかこ'), 'ja'
  FROM seq_1_to_400;

INSERT INTO care_staff (user_id, office_id, profession, on_duty)
SELECT seq, 1 + (seq - 1) % 50, ELT(1 + (1 + (seq - 1) % 50) % 5, '010', '040', '030', '150', '170'), seq % 7 = 0
  FROM seq_1_to_400;

INSERT INTO care_device (id, ref, office_id, name, certificate, not_after, created_at)
SELECT number, UNHEX(MD5(CONCAT('device', number))), 1 + (number - 1) % 50, CONCAT('端末', number),
       certificate, '2099-01-01', '2026-01-01'
  FROM bench_device;

-- The cookie of session n is the SHA-256, in hexadecimal, of 'session' and n.
INSERT INTO care_session (token, user_id, office_id, device_id, door, created_at, seen_at)
SELECT UNHEX(SHA2(SHA2(CONCAT('session', seq), 256), 256)), seq, 1 + (seq - 1) % 50, 1 + (seq - 1) % 200, 0,
       UTC_TIMESTAMP(3), UTC_TIMESTAMP(3)
  FROM seq_1_to_400;

INSERT INTO care_patient (id, ref, network_id, family, given, kana_family, kana_given, kana_folded, sex,
       birth_date, address, phone, insurer_number, insured_number, care_level, lives_alone, whereabouts)
SELECT seq, UNHEX(MD5(CONCAT('patient', seq))), 1,
       ELT(1 + seq % 13, '高橋', '井上', '木村', '清水', '池田', '橋本', '石川', '前田', '小川', '岡本', '村上', '長谷川', '西村'),
       ELT(1 + seq % 17, 'ハル', '正', '静子', '茂', '和子', '勇', '節子', '清', '文子', '実', '千代', '博', '幸子', '進', '久子', '昭二', 'トメ'),
       ELT(1 + seq % 13, 'たかはし', 'いのうえ', 'きむら', 'しみず', 'いけだ', 'はしもと', 'いしかわ', 'まえだ', 'おがわ', 'おかもと', 'むらかみ', 'はせがわ', 'にしむら'),
       ELT(1 + seq % 17, 'はる', 'ただし', 'しずこ', 'しげる', 'かずこ', 'いさむ', 'せつこ', 'きよし', 'ふみこ', 'みのる', 'ちよ', 'ひろし', 'さちこ', 'すすむ', 'ひさこ', 'しょうじ', 'とめ'),
       CONCAT(ELT(1 + seq % 13, 'たかはし', 'いのうえ', 'きむら', 'しみず', 'いけだ', 'はしもと', 'いしかわ', 'まえだ', 'おがわ', 'おかもと', 'むらかみ', 'はせがわ', 'にしむら'),
              ELT(1 + seq % 17, 'はる', 'ただし', 'しずこ', 'しげる', 'かずこ', 'いさむ', 'せつこ', 'きよし', 'ふみこ', 'みのる', 'ちよ', 'ひろし', 'さちこ', 'すすむ', 'ひさこ', 'しょうじ', 'とめ')),
       IF(seq % 3 = 0, 'male', 'female'), DATE_SUB('1946-01-01', INTERVAL seq % 2000 * 5 DAY),
       CONCAT('架空県ともづな市港町', 1 + seq % 9, '丁目'), '000-0000-0000', '999999', LPAD(seq, 10, '0'),
       CONCAT('care', 1 + seq % 5), seq % 4 = 0, IF(seq % 20 = 0, 'hospital', 'home')
  FROM seq_1_to_2000;

INSERT INTO care_episode (id, ref, patient_id, opened_at)
SELECT seq, UNHEX(MD5(CONCAT('episode', seq))), seq, '2025-04-01' FROM seq_1_to_2000;

INSERT INTO care_consent (id, ref, patient_id, purpose, form, signer, signer_relation, given_on)
SELECT seq, UNHEX(MD5(CONCAT('consent', seq))), seq, 'share_team', 'written', '本人', '本人', '2025-04-01' FROM seq_1_to_2000;

-- Member k of patient p: users from seven offices, and an eighth office as a whole.
-- What the trigger derives of a team is made once a patient, not at each member.
DROP TRIGGER care_team_added;
INSERT INTO care_team (ref, patient_id, episode_id, office_id, user_id, team_role, joined_at)
SELECT UNHEX(MD5(CONCAT('team', p.seq, '.', k.seq))), p.seq, p.seq,
       1 + (p.seq * 7 + k.seq * 57) % 50, IF(k.seq = 7, 0, 1 + (p.seq * 7 + k.seq * 57) % 400),
       ELT(1 + k.seq, 'attending_physician', 'nurse', 'pharmacist', 'care_manager', 'helper', 'helper', 'nurse', 'helper'),
       '2025-04-01'
  FROM seq_1_to_2000 p JOIN seq_0_to_7 k;

CREATE TRIGGER care_team_added AFTER INSERT ON care_team FOR EACH ROW CALL care_team_refresh(NEW.patient_id);
DELIMITER //
BEGIN NOT ATOMIC
	FOR p IN (SELECT seq FROM seq_1_to_2000) DO CALL care_team_refresh(p.seq); END FOR;
END//
DELIMITER ;

INSERT INTO care_allergy (ref, patient_id, substance, reaction)
SELECT UNHEX(MD5(CONCAT('allergy', seq))), seq, ELT(1 + seq % 4, 'ペニシリン', 'そば', '造影剤', 'えび'), '発疹'
  FROM seq_1_to_2000 WHERE seq % 3 = 0;
INSERT INTO care_medication (ref, patient_id, name, dose, dosage, blood_thinner)
SELECT UNHEX(MD5(CONCAT('medication', p.seq, '.', k.seq))), p.seq,
       ELT(1 + (p.seq + k.seq) % 5, 'アムロジピン', 'ワーファリン', 'ランソプラゾール', 'メトホルミン', '酸化マグネシウム'),
       '1錠', '朝食後', (p.seq + k.seq) % 5 = 1
  FROM seq_1_to_2000 p JOIN seq_1_to_3 k;
INSERT INTO care_equipment (ref, patient_id, name, power_dependent, battery_hours)
SELECT UNHEX(MD5(CONCAT('equipment', seq))), seq, ELT(1 + seq % 3, '在宅酸素', '人工呼吸器', '吸引器'), 1, 4.0
  FROM seq_1_to_2000 WHERE seq % 10 = 0;

-- The rest of the record: facts of each section, fields that were confirmed a
-- few times, and vital signs of twenty years, one set a fortnight.
INSERT INTO care_health_condition (ref, patient_id, name, since, confirmed_at, confirmed_by, confirmed_name, confirmed_profession)
SELECT UNHEX(MD5(CONCAT('condition', p.seq, '.', k.seq))), p.seq,
       ELT(1 + (p.seq + k.seq) % 5, '慢性心不全', '高血圧症', '２型糖尿病', '変形性膝関節症', 'アルツハイマー型認知症'), '2019年',
       '2026-08-01' + INTERVAL p.seq % 90 DAY, 1, '三好 かえで', '040'
  FROM seq_1_to_2000 p JOIN seq_1_to_3 k;
INSERT INTO care_emergency_contact (ref, patient_id, position, name, relation, phone, confirmed_at, confirmed_by, confirmed_name, confirmed_profession)
SELECT UNHEX(MD5(CONCAT('contact', p.seq, '.', k.seq))), p.seq, k.seq, '高橋 花子', ELT(k.seq, '長女', '次男'), '000-0000-0000',
       '2026-08-01', 1, '三好 かえで', '040'
  FROM seq_1_to_2000 p JOIN seq_1_to_2 k;
INSERT INTO care_advance_directive (ref, patient_id, summary, author, stated_on, place)
SELECT UNHEX(MD5(CONCAT('directive', seq))), seq, '最期まで自宅で過ごしたい。', '長女', '2026-02-01', '居間の引き出し'
  FROM seq_1_to_2000 WHERE seq % 2 = 0;
INSERT INTO care_field (patient_id, field, ref, state, value, replaces, confirmed_at, confirmed_by, confirmed_name, confirmed_profession)
SELECT p.seq, ELT(f.seq, 'mobility', 'eating', 'toileting', 'bathing', 'communication', 'family_caregiver', 'allergies', 'medications'),
       UNHEX(MD5(CONCAT('field', p.seq, '.', f.seq, '.', n.seq))), IF(f.seq = 7 AND p.seq % 3, 'none', 'present'),
       IF(f.seq < 7, '屋内は歩行器。立ち上がりに一部介助', NULL), n.seq - 1, '2026-01-01' + INTERVAL n.seq * 20 DAY, 1, '三好 かえで', '040'
  FROM seq_1_to_2000 p JOIN seq_1_to_8 f JOIN seq_1_to_5 n;

-- A meeting of each patient, known by her ref, with her team invited; fresh.sql says when.
INSERT INTO meeting_provider (network_id, kind, origin, client, probe) VALUES (1, 'jitsi', 'https://meet.example', 'bench', 0);
INSERT INTO meeting_meeting (id, ref, network_id, patient_id, kind, title, agenda, starts_at, ends_at, organizer_id, organizer_name,
       made_at, asked_at, state, done, begun, room)
SELECT seq, UNHEX(MD5(CONCAT('patient', seq))), 1, seq, 'care_conference', 'サービス担当者会議', '一、最近のようす\n二、訪問の回数\n三、家族の休み',
       '2026-10-01', '2026-10-01 01:00', 1 + seq % 400, '三好 かえで', '2026-09-01', '2026-09-01', 'scheduled', 0, 1, MD5(CONCAT('room', seq))
  FROM seq_1_to_2000;
INSERT INTO meeting_invitation (ref, meeting_id, patient_id, user_id, name, profession, office, invited_at, invited_by, response,
       join_url, told_sequence, told_method, told_at)
SELECT UNHEX(MD5(CONCAT('invitation', t.patient_id, '.', f.user_id))), t.patient_id, t.patient_id, f.user_id,
       CONCAT(u.family, ' ', u.given), f.profession, o.name, '2026-09-01', 1, IF(f.user_id % 3 = 0, NULL, 'accepted'),
       CONCAT('https://meet.example/', MD5(f.user_id)), 0, 'REQUEST', '2026-09-01'
  FROM care_team t
  JOIN care_staff f ON f.office_id = t.office_id AND (t.user_id = f.user_id OR t.user_id = 0)
  JOIN care_user u ON u.id = f.user_id JOIN care_office o ON o.id = f.office_id
 GROUP BY t.patient_id, f.user_id;

-- Not before: without both checks InnoDB keeps the rows of an empty table back
-- until something reads it, and the triggers of the first row do not see it.
SET SESSION unique_checks = 0;
INSERT INTO record_vital_sign (patient_id, measured_at, ref, temperature, systolic, diastolic, pulse, spo2, weight,
       written_at, written_by, writer_name, writer_profession)
SELECT STRAIGHT_JOIN p.seq, '2026-10-01' - INTERVAL n.seq * 14 DAY, UNHEX(MD5(CONCAT('vital', p.seq, '.', n.seq))),
       364 + (p.seq + n.seq) % 9, 118 + (p.seq * n.seq) % 24, 66 + n.seq % 14, 64 + n.seq % 18, 95 + n.seq % 4, 480 + p.seq % 90,
       '2026-10-01' - INTERVAL n.seq * 14 DAY, 1, '三好 かえで', '040'
  FROM seq_1_to_2000 p JOIN seq_1_to_520 n;

-- Bodies of 120 to 400 bytes. Reads of the last 60 entries have their receipts.
INSERT INTO timeline_entry (patient_id, id, ref, network_id, author_id, author_name, author_profession,
       author_office, author_office_id, written_at, kind, urgent, read_by, acknowledged_by, readers,
       acknowledgers, body)
SELECT STRAIGHT_JOIN p.seq, (n.seq - 1) * 2000 + p.seq, UNHEX(MD5(CONCAT('entry', p.seq, '.', n.seq))), 1, u.id,
       CONCAT(u.family, ' ', u.given), f.profession, o.name, o.id,
       TIMESTAMP('2026-10-01') - INTERVAL ((500 - n.seq) * 61000 + p.seq * 7) SECOND,
       ELT(1 + (n.seq * 3 + p.seq) % 6, 'note', 'observation', 'medication', 'daily_life', 'plan', 'report'),
       (n.seq * 31 + p.seq) % 50 = 0, 5, 2,
       IF(n.seq < 441, ',', CONCAT(',', 1 + (p.seq * 7 + ((n.seq + 1) % 7) * 57) % 400, ',',
           1 + (p.seq * 7 + ((n.seq + 2) % 7) * 57) % 400, ',',
           1 + (p.seq * 7 + ((n.seq + 3) % 7) * 57) % 400, ',',
           1 + (p.seq * 7 + ((n.seq + 4) % 7) * 57) % 400, ',',
           1 + (p.seq * 7 + ((n.seq + 5) % 7) * 57) % 400, ',')),
       IF(n.seq < 441, ',', CONCAT(',', 1 + (p.seq * 7 + ((n.seq + 1) % 7) * 57) % 400, ',',
           1 + (p.seq * 7 + ((n.seq + 2) % 7) * 57) % 400, ',')),
       CONCAT(ELT(1 + (n.seq * 5 + p.seq * 3) % 6,
           '訪問しました。ご本人の表情は穏やかで、会話もはっきりしています。',
           '朝の様子を報告します。夜間は二回お手洗いに起きられたそうです。',
           '往診にて診察しました。呼吸音に雑音はなく、下腿の浮腫も軽くなっています。',
           'お薬カレンダーを確認しました。昨夜の分が一回残っていました。',
           'ご家族から電話がありました。食欲が少し落ちているとのことです。',
           'サービス担当者会議の内容を共有します。来月から訪問の曜日が変わります。'),
         ELT(1 + (n.seq * 7 + p.seq) % 5,
           '体温36.7℃、血圧132/78、脈拍72、SpO₂ 97%。',
           '体温37.4℃、血圧118/66、脈拍88、SpO₂ 94%。水分を勧めました。',
           '昼食は八割ほど、水分は600mLほど取れています。',
           '右かかとの発赤は昨日より薄く、痛みの訴えはありません。\n除圧を続けてください。',
           '入浴の介助を行いました。皮膚の状態に変わりはありません。'),
         IF(n.seq % 3 = 0, '', ELT(1 + (n.seq + p.seq * 11) % 4,
           '次回は木曜の午後に伺います。変わったことがあればご連絡ください。',
           'ふらつきがあるため、移動の際は見守りをお願いします。',
           '残薬は主治医に伝え、次の処方で調整していただきます。',
           '家の中の段差について、福祉用具の相談を進めます。')))
  FROM seq_1_to_2000 p JOIN seq_1_to_500 n
  JOIN care_user u ON u.id = 1 + (p.seq * 7 + (n.seq % 7) * 57) % 400
  JOIN care_staff f ON f.user_id = u.id
  JOIN care_office o ON o.id = f.office_id;

-- The five after the author in the team have read it, two have acknowledged.
INSERT INTO timeline_receipt (patient_id, entry_id, user_id, read_at, acknowledged_at)
SELECT STRAIGHT_JOIN p.seq, (n.seq - 1) * 2000 + p.seq, 1 + (p.seq * 7 + ((n.seq + k.seq) % 7) * 57) % 400,
       '2026-10-02', IF(k.seq <= 2, '2026-10-02', NULL)
  FROM seq_1_to_2000 p JOIN seq_441_to_500 n JOIN seq_1_to_5 k
 ORDER BY 1, 2, 3;
ANALYZE TABLE care_session, care_device, care_user, care_staff, care_office, care_patient, care_team, care_team_now,
	timeline_entry, timeline_receipt;

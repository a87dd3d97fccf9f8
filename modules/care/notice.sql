-- Notices are inserted where something happened, in that transaction. The
-- acting program may SELECT care_team_person, care_staff, care_user, care_mark, care_notice and
-- both choices, and INSERT care_notice; IGNORE (for a cause told already) needs
-- no UPDATE.

--! row told (i64 people, i64 later)

--! exec urgent (ref request, ref cause, key patient, key author, text kind,
--!   i64 priority, utc now, utc night, utc morning, bool repeats, bool mail_default,
--!   bool sms_default, bool sms_allowed)
-- Everyone of the team whom the cause has marked as urgent, by both channels as
-- they chose: who may not see it has no mark, and hears of nothing. From `night`
-- on, who is not on duty hears of it in the `morning`. Repetitions are rows of
-- later hours, which an acknowledgement calls off.
INSERT IGNORE INTO care_notice
       (ref, network_id, user_id, channel, kind, priority, cause, request,
        due_at, created_at, again)
SELECT RANDOM_BYTES(16), u.network_id, u.id, c.channel, :kind, :priority,
       :cause, :request,
       IF(m.on_duty OR :now + INTERVAL g.n * GREATEST(w.urgent_again_minutes, 1) MINUTE < :night,
          :now, :morning) + INTERVAL g.n * GREATEST(w.urgent_again_minutes, 1) MINUTE,
       :now, g.n
  FROM (SELECT t.user_id, MAX(t.on_duty) AS on_duty
          FROM care_team_person t
         WHERE t.patient_id = :patient
           AND (t.named <> 0 OR t.on_duty OR NOT EXISTS
               (SELECT 1 FROM care_staff g WHERE g.office_id = t.office_id
                   AND g.on_duty AND g.left_at IS NULL AND g.user_id <> :author))
         GROUP BY t.user_id) AS m
  JOIN care_mark k ON k.user_id = m.user_id AND k.patient_id = :patient
   AND k.kind = 'urgent' AND k.ref = :cause
  JOIN care_user u ON u.id = m.user_id AND u.suspended_at IS NULL
  JOIN care_network w ON w.id = u.network_id
  JOIN JSON_TABLE('[0,1,2,3,4,5,6]', '$[*]' COLUMNS (n INT PATH '$')) AS g
    ON g.n <= IF(:repeats, w.urgent_again_times, 0)
  JOIN (SELECT 'mail' AS channel, :mail_default AS usual
        UNION ALL SELECT 'sms', :sms_default) AS c
  LEFT JOIN care_notice_choice x ON x.user_id = u.id AND x.kind = :kind
   AND x.channel = c.channel
  LEFT JOIN care_network_choice y ON y.network_id = u.network_id
   AND y.kind = :kind AND y.channel = c.channel
 WHERE u.id <> :author
   AND COALESCE(y.wanted, 1) AND COALESCE(x.wanted, y.wanted, c.usual)
   AND ((c.channel = 'mail' AND u.mail IS NOT NULL)
     OR (c.channel = 'sms' AND :sms_allowed AND u.mobile IS NOT NULL
         AND u.mobile_bad_at IS NULL));

--! one told told (ref cause, text kind)
-- How many people the notices of a cause go to, and how many of them hear of it
-- in the morning only.
SELECT COUNT(DISTINCT user_id) AS people,
       COUNT(DISTINCT IF(due_at > created_at, user_id, NULL)) AS later
  FROM care_notice WHERE cause = :cause AND kind = :kind AND again = 0;

--! exec to_user (key user, text kind, i64 priority, ref cause, ref request,
--!   utc due, bool mail_default, bool sms_default, bool sms_allowed)
-- One user, by the channels that she and her network chose.
INSERT IGNORE INTO care_notice
       (ref, network_id, user_id, channel, kind, priority, cause, request,
        due_at, created_at)
SELECT RANDOM_BYTES(16), u.network_id, u.id, c.channel, :kind, :priority,
       :cause, :request, :due, UTC_TIMESTAMP(3)
  FROM care_user u
  JOIN (SELECT 'mail' AS channel, :mail_default AS usual
        UNION ALL SELECT 'sms', :sms_default) AS c
  LEFT JOIN care_notice_choice x ON x.user_id = u.id AND x.kind = :kind
   AND x.channel = c.channel
  LEFT JOIN care_network_choice y ON y.network_id = u.network_id
   AND y.kind = :kind AND y.channel = c.channel
 WHERE u.id = :user AND u.suspended_at IS NULL
   AND COALESCE(y.wanted, 1) AND COALESCE(x.wanted, y.wanted, c.usual)
   AND ((c.channel = 'mail' AND u.mail IS NOT NULL)
     OR (c.channel = 'sms' AND :sms_allowed AND u.mobile IS NOT NULL
         AND u.mobile_bad_at IS NULL));

--! exec to_resident (key network, key user, text mobile, text kind, i64 priority, ref cause, utc due)
INSERT IGNORE INTO care_notice
       (ref, network_id, user_id, channel, kind, priority, cause, request,
        due_at, created_at, resident_mobile)
VALUES (RANDOM_BYTES(16), :network, :user, 'sms', :kind, :priority, :cause, :cause,
        :due, UTC_TIMESTAMP(3), :mobile);

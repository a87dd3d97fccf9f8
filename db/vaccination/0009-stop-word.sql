-- A resident's own stop word (gateways/sms) ends her agreement.
ALTER TABLE vaccination_agreement ADD KEY IF NOT EXISTS by_mobile (mobile, ended_at);
INSERT IGNORE INTO lib_reactor (topic, program) VALUES ('sms.stopped', 'vaccination');

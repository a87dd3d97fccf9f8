-- Somebody who is named in an entry (@佐藤) has it waiting for her.
ALTER TABLE care_mark MODIFY kind ENUM('unread','urgent','question','icon','mention') NOT NULL;

-- A member's own proposals beside the list: by the application, too. Without it each of 46 rows of a
-- list read all that she had proposed in the sitting.
ALTER TABLE board_proposal ADD KEY by_seat (sitting_id, user_id, application_id, done), DROP KEY by_member;

-- How many a sitting has is counted without reading them: an application is a kilobyte or two.
ALTER TABLE board_application ADD KEY by_sitting (sitting_id, state);

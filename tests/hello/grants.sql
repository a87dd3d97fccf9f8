GRANT SELECT, INSERT, UPDATE (greeted_at) ON hello_visit TO @account@;

GRANT SELECT, INSERT ON hello_visit TO @account@;

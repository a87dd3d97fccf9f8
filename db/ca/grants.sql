-- The signer sees devices, never a person; nobody else may write a certificate.
GRANT SELECT (id, ref, office_id, revoked_at), UPDATE (certificate, not_after)
	ON care_device TO @account@;
GRANT SELECT (id, closed_at) ON care_office TO @account@;
GRANT SELECT, UPDATE (state, reason, parcel, passphrase, ready_at)
	ON ca_request TO @account@;
GRANT SELECT, INSERT, UPDATE (revoked_at) ON ca_certificate TO @account@;
GRANT SELECT, INSERT, UPDATE (probe, probe_reason, probed_at) ON ca_crl TO @account@;

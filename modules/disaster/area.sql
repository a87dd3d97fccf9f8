-- Districts, hazard areas and where shelters are: what the town draws.

--! exec1 add_district (ref id, key network, text name, text? outline)
INSERT INTO disaster_district (ref, network_id, name, outline) VALUES (:id, :network, :name, :outline);

--! exec1 change_district (ref district, key network, text name, text? outline)
UPDATE disaster_district SET name = :name, outline = :outline WHERE ref = :district AND network_id = :network;

--! exec settle (key network)
-- Who was of no district is of that whose name stands in the address, as an import has it.
UPDATE disaster_registration g
   SET g.district_id = COALESCE((SELECT MIN(d.id) FROM disaster_district d WHERE d.network_id = g.network_id AND LOCATE(d.name, g.address) > 0), 0)
 WHERE g.network_id = :network AND g.ended_at IS NULL AND g.district_id = 0;

--! exec1 add_hazard (ref id, key network, text kind, text name, text outline)
INSERT INTO disaster_hazard (ref, network_id, kind, name, outline) VALUES (:id, :network, :kind, :name, :outline);

--! exec1 change_hazard (ref hazard, key network, text kind, text name, text outline)
UPDATE disaster_hazard SET kind = :kind, name = :name, outline = :outline
 WHERE ref = :hazard AND network_id = :network AND ended_at IS NULL;

--! exec1 end_hazard (ref hazard, key network, utc now)
UPDATE disaster_hazard SET ended_at = :now WHERE ref = :hazard AND network_id = :network AND ended_at IS NULL;

--! exec1 place_shelter (ref shelter, key network, i64? latitude, i64? longitude, utc now, key viewer)
UPDATE disaster_shelter SET latitude = :latitude, longitude = :longitude, changed_at = :now, changed_by = :viewer
 WHERE ref = :shelter AND network_id = :network AND ended_at IS NULL;

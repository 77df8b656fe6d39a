alter table device_token add column key_hash bytea;

alter table device_certificate add column key_hash bytea;
alter table device_certificate add column certificate varchar(16384);

-- A token for hardware that takes the place of another: the certificates of the device until then are revoked with its use.
alter table device_token add column replaces boolean default false not null;

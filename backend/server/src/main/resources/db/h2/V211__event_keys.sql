-- The key in the order readers ask in; a second index on the position would only cost.
alter table device_event drop primary key;
alter table device_event add primary key (community_id, position, received_day);
drop index device_event_position;

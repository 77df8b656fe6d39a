package io.zhitong.backend.parking;

import io.zhitong.accessmodel.CarrierKind;
import io.zhitong.accessmodel.Coded;
import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.PointId;
import io.zhitong.cardspec.CredentialNumber;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The SQL of cars inside (在场车辆库). Of each car the newest passages are kept, so that one that was none can be taken back. */
@Component
class CarRows {
    /** So many of the newest passages of a car are kept. */
    static final int KEPT = 8;

    private static final int OUTSIDE = 0;
    private static final String OF_CAR = " where community_id = ? and credential = ?";
    private static final String OF_POINT = " where community_id = ? and device_number = ? and point = ?";
    private static final String CARS = "select credential, lot, since_millis, plate, carrier, device_number, point"
            + " from car_inside where community_id = ?";

    private final JdbcClient jdbc;

    CarRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** An event that was read before changes nothing. */
    void insert(CommunityId community, CarPassage passage) {
        jdbc.sql("insert into car_passage (community_id, credential, position, happened_millis, lot, plate, carrier,"
                        + " device_number, point) values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing")
                .params(
                        community.value(),
                        passage.credential().value(),
                        passage.position(),
                        passage.happenedMillis(),
                        passage.lot(),
                        passage.plate(),
                        passage.carrier().code(),
                        passage.device().value(),
                        passage.point().value())
                .update();
    }

    void insert(CommunityId community, UUID id, CarInside found, String who, String why) {
        jdbc.sql("insert into car_correction (community_id, id, credential, happened_millis, lot, plate, carrier, who,"
                        + " why) values (?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        community.value(),
                        id,
                        found.credential().value(),
                        found.since().toEpochMilli(),
                        found.lot(),
                        found.plate(),
                        found.carrier().code(),
                        who,
                        why)
                .update();
    }

    /** Takes back what was granted at a lane since somebody came through there last. @return which cars that concerns */
    List<CredentialNumber> takeBack(DeviceAddress device, PointId point, long position) {
        String since = " and position < ? and not void and position > coalesce((select position from car_opening"
                + OF_POINT + "), 0)";
        Object[] which = {
            device.community().value(),
            device.device().value(),
            point.value(),
            position,
            device.community().value(),
            device.device().value(),
            point.value()
        };
        List<CredentialNumber> cars = jdbc.sql("select distinct credential from car_passage" + OF_POINT + since)
                .params(which)
                .query((row, n) -> new CredentialNumber(row.getLong(1)))
                .list();
        jdbc.sql("update car_passage set void = true" + OF_POINT + since)
                .params(which)
                .update();
        return cars;
    }

    void opened(DeviceAddress device, PointId point, long position) {
        int known = jdbc.sql("update car_opening set position = ?" + OF_POINT)
                .params(position, device.community().value(), device.device().value(), point.value())
                .update();
        if (known == 0) {
            jdbc.sql("insert into car_opening (community_id, device_number, point, position) values (?, ?, ?, ?)")
                    .params(device.community().value(), device.device().value(), point.value(), position)
                    .update();
        }
    }

    /** Says anew where the car is: by the newest passage or correction. */
    void settle(CommunityId community, CredentialNumber car) {
        jdbc.sql("delete from car_passage" + OF_CAR + " and position not in (select position from car_passage" + OF_CAR
                        + " order by happened_millis desc, position desc limit " + KEPT + ")")
                .params(community.value(), car.value(), community.value(), car.value())
                .update();
        jdbc.sql("delete from car_inside" + OF_CAR)
                .params(community.value(), car.value())
                .update();
        newest(community, car).filter(at -> at.lot() != OUTSIDE).ifPresent(at -> insert(community, at));
    }

    private Optional<CarInside> newest(CommunityId community, CredentialNumber car) {
        return jdbc.sql("select credential, lot, happened_millis, plate, carrier, device_number, point, position from"
                        + " car_passage" + OF_CAR + " and not void union all"
                        + " select credential, lot, happened_millis, plate, carrier, 0, 0, 0 from car_correction"
                        + OF_CAR
                        + " order by 3 desc, 8 desc limit 1")
                .params(community.value(), car.value(), community.value(), car.value())
                .query((row, n) -> car(row))
                .optional();
    }

    private void insert(CommunityId community, CarInside now) {
        jdbc.sql("insert into car_inside (community_id, credential, lot, since_millis, plate, carrier, device_number,"
                        + " point) values (?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        community.value(),
                        now.credential().value(),
                        now.lot(),
                        now.since().toEpochMilli(),
                        now.plate(),
                        now.carrier().code(),
                        now.device().map(DeviceId::value).orElse(0L),
                        now.point().value())
                .update();
    }

    List<CarInside> all(CommunityId community) {
        return jdbc.sql(CARS + " order by lot, since_millis, credential")
                .param(community.value())
                .query((row, n) -> car(row))
                .list();
    }

    Optional<CarInside> car(CommunityId community, CredentialNumber credential) {
        return jdbc.sql(CARS + " and credential = ?")
                .params(community.value(), credential.value())
                .query((row, n) -> car(row))
                .optional();
    }

    /** With that plate, wherever; none for no plate. */
    List<CarInside> ofPlate(CommunityId community, String plate) {
        return jdbc.sql(CARS + " and plate = ? and plate <> '' order by credential")
                .params(community.value(), plate)
                .query((row, n) -> car(row))
                .list();
    }

    private static CarInside car(ResultSet row) throws SQLException {
        return new CarInside(
                new CredentialNumber(row.getLong(1)),
                row.getInt(2),
                Instant.ofEpochMilli(row.getLong(3)),
                row.getString(4),
                Coded.require(CarrierKind.class, row.getInt(5)),
                Optional.of(row.getLong(6)).filter(device -> device != 0).map(DeviceId::new),
                new PointId(row.getInt(7)));
    }

    /** Counts that something changed, for whoever passes it on. */
    void changed(CommunityId community) {
        int known = jdbc.sql("update car_head set changes = changes + 1 where community_id = ?")
                .param(community.value())
                .update();
        if (known == 0) {
            jdbc.sql("insert into car_head (community_id, changes) values (?, 1)")
                    .param(community.value())
                    .update();
        }
    }

    long changes(CommunityId community) {
        return jdbc.sql("select changes from car_head where community_id = ?")
                .param(community.value())
                .query(Long.class)
                .optional()
                .orElse(0L);
    }
}

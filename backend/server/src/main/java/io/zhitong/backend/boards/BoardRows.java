package io.zhitong.backend.boards;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.JournalId;
import io.zhitong.accessmodel.JournalRecord;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The SQL of boards (控制板库). */
@Component
class BoardRows {
    private static final String OF_DEVICE = " where community_id = ? and device_number = ?";

    private final JdbcClient jdbc;

    BoardRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(Board board) {
        jdbc.sql("insert into foreign_board (community_id, device_number, serial, host, port) values (?, ?, ?, ?, ?)")
                .params(
                        board.device().community().value(),
                        board.device().device().value(),
                        board.serial(),
                        board.host(),
                        board.port())
                .update();
    }

    /** Of devices in service. */
    List<Board> all() {
        return jdbc.sql("select community_id, device_number, serial, host, port from foreign_board b where exists"
                        + " (select 1 from device d where d.community_id = b.community_id"
                        + " and d.number = b.device_number and d.retired_at is null)"
                        + " order by community_id, device_number")
                .query((row, n) -> board(row))
                .list();
    }

    List<Board> of(CommunityId community) {
        return all().stream()
                .filter(board -> board.device().community().equals(community))
                .toList();
    }

    /** Also of a device that was retired. */
    boolean known(CommunityId community, long serial) {
        return jdbc.sql("select count(*) from foreign_board where community_id = ? and serial = ?")
                        .params(community.value(), serial)
                        .query(Long.class)
                        .single()
                > 0;
    }

    Set<DeviceId> devices(CommunityId community) {
        return Set.copyOf(jdbc.sql("select device_number from foreign_board where community_id = ?")
                .param(community.value())
                .query((row, n) -> new DeviceId(row.getLong(1)))
                .list());
    }

    private static Board board(ResultSet row) throws SQLException {
        return new Board(
                DeviceAddress.of(row.getInt(1), row.getLong(2)), row.getLong(3), row.getString(4), row.getInt(5));
    }

    // ---- journal

    Optional<byte[]> cursor(DeviceAddress device) {
        return jdbc.sql("select taken from board_cursor" + OF_DEVICE)
                .params(device.community().value(), device.device().value())
                .query((row, n) -> row.getBytes(1))
                .optional();
    }

    void begin(DeviceAddress device, byte[] cursor) {
        jdbc.sql("insert into board_cursor (community_id, device_number, taken) values (?, ?, ?)"
                        + " on conflict do nothing")
                .params(device.community().value(), device.device().value(), cursor)
                .update();
    }

    /** @return whether the cursor stood where it was expected */
    boolean move(DeviceAddress device, byte[] from, byte[] to) {
        return jdbc.sql("update board_cursor set taken = ?" + OF_DEVICE + " and taken = ?")
                        .params(to, device.community().value(), device.device().value(), from)
                        .update()
                == 1;
    }

    void insert(JournalRecord record) {
        jdbc.sql("insert into board_record (community_id, device_number, journal, sequence, record)"
                        + " values (?, ?, ?, ?, ?)")
                .params(
                        record.community().value(),
                        record.device().value(),
                        record.journal().value(),
                        record.sequence(),
                        record.encode())
                .update();
    }

    /** Not handed on yet, oldest first. */
    List<JournalRecord> records(DeviceAddress device, int most) {
        return jdbc.sql("select record from board_record" + OF_DEVICE + " order by journal, sequence limit ?")
                .params(device.community().value(), device.device().value(), most)
                .query((row, n) -> JournalRecord.decode(row.getBytes(1)))
                .list();
    }

    void forget(DeviceAddress device, JournalId journal, long upTo) {
        jdbc.sql("delete from board_record" + OF_DEVICE + " and journal = ? and sequence <= ?")
                .params(device.community().value(), device.device().value(), journal.value(), upTo)
                .update();
    }

    // ---- state

    void state(DeviceAddress device, BoardState state) {
        int known = jdbc.sql("update board_state set at = ?, fault = ?, in_step = ?, version = ?, held = ?,"
                        + " shortfalls = ?" + OF_DEVICE)
                .params(
                        state.at().atOffset(ZoneOffset.UTC),
                        state.fault(),
                        state.inStep(),
                        state.version(),
                        state.held(),
                        state.shortfalls(),
                        device.community().value(),
                        device.device().value())
                .update();
        if (known == 0) {
            jdbc.sql("insert into board_state (community_id, device_number, at, fault, in_step, version, held,"
                            + " shortfalls) values (?, ?, ?, ?, ?, ?, ?, ?)")
                    .params(
                            device.community().value(),
                            device.device().value(),
                            state.at().atOffset(ZoneOffset.UTC),
                            state.fault(),
                            state.inStep(),
                            state.version(),
                            state.held(),
                            state.shortfalls())
                    .update();
        }
    }

    Map<DeviceAddress, BoardState> states(CommunityId community) {
        Map<DeviceAddress, BoardState> states = new HashMap<>();
        jdbc.sql("select device_number, at, fault, in_step, version, held, shortfalls from board_state"
                        + " where community_id = ?")
                .param(community.value())
                .query(row -> {
                    states.put(
                            DeviceAddress.of(community.value(), row.getLong(1)),
                            new BoardState(
                                    row.getObject(2, OffsetDateTime.class).toInstant(),
                                    row.getString(3),
                                    row.getBoolean(4),
                                    row.getString(5),
                                    row.getLong(6),
                                    row.getString(7)));
                });
        return states;
    }
}

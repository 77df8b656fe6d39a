package io.zhitong.backend.boards;

import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointKind;
import io.zhitong.backend.audit.Actor;
import io.zhitong.backend.audit.AuditLog;
import io.zhitong.backend.devices.DeviceLists;
import io.zhitong.backend.estate.DeviceKind;
import io.zhitong.backend.estate.DeviceRow;
import io.zhitong.backend.estate.Estate;
import io.zhitong.backend.estate.PointRow;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The boards of another make that a community has (外来控制板登记). */
@Component
public class Boards {
    private final BoardRows rows;
    private final Estate estate;
    private final DeviceLists lists;
    private final AuditLog audit;

    Boards(BoardRows rows, Estate estate, DeviceLists lists, AuditLog audit) {
        this.rows = rows;
        this.estate = estate;
        this.lists = lists;
        this.audit = audit;
    }

    public List<Board> of(CommunityId community) {
        return rows.of(community);
    }

    /** Numbers of the devices that are boards of another make, in service or retired. */
    public Set<DeviceId> devices(CommunityId community) {
        return rows.devices(community);
    }

    /** Of those that were asked before. */
    public Map<DeviceAddress, BoardState> states(CommunityId community) {
        return rows.states(community);
    }

    /**
     * Takes a board in as a controller with one point a door.
     *
     * @param doors 1 to 4
     * @return false when the community has this device or serial number already; nothing is changed then
     */
    @Transactional
    public boolean add(Board board, String name, int doors, Actor who) {
        CommunityId community = board.device().community();
        if (estate.device(board.device()).isPresent() || rows.known(community, board.serial())) {
            return false;
        }
        estate.addDevice(new DeviceRow(community, board.device().device(), DeviceKind.CONTROLLER, name));
        for (int door = 1; door <= doors; door++) {
            estate.addPoint(new PointRow(
                    community,
                    board.device().device(),
                    new PointId(door),
                    PointKind.DOOR,
                    AccessMethod.NUMBER,
                    name + "-" + door));
        }
        rows.insert(board);
        lists.changed(community);
        audit.record(
                community, who, "board.add", "device " + board.device().device().value(), "", board.toString());
        return true;
    }
}

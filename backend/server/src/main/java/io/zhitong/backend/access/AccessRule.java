package io.zhitong.backend.access;

import io.zhitong.accessmodel.PointKind;
import io.zhitong.accessmodel.PointPlace;
import io.zhitong.accessmodel.PointRecord;
import io.zhitong.backend.estate.PointRow;
import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;

/**
 * One rule: who × when × where (门禁规则). Stored as group 2 ‖ schedule 2 ‖ floors 2 ‖ device 4 ‖ point 2 ‖ area 2.
 *
 * @param id u32 below FFFFFF00, unique in the community and never used again: a changed rule gets a new one, events name it
 * @param group id of a people group
 * @param schedule id of a schedule, 0 = always
 * @param floors id of a floor group, 0 = none named
 * @param where which points
 */
public record AccessRule(long id, String name, int group, int schedule, int floors, Where where) implements PolicyItem {
    private static final long MOST = 0xFFFF_FEFFL;

    /**
     * Which points a rule covers (规则范围); tills and desks are never among them.
     *
     * @param device number of a device, 0 = every device
     * @param point of that device, 0 = every point
     * @param area only points that lead into this area, 0 = wherever they lead
     */
    public record Where(long device, int point, int area) {
        public static final Where EVERYWHERE = new Where(0, 0, 0);

        public Where {
            if (device < 0 || device > 0xFFFF_FFFFL || !u16(point) || !u16(area) || (point > 0 && device == 0)) {
                throw new IllegalArgumentException("expected a device, and only with it a point, and an area u16");
            }
        }

        /** @param configured the point's area is the policy's */
        boolean covers(PointRow row, PointRecord configured) {
            return row.kind() != PointKind.TILL
                    && row.kind() != PointKind.DESK
                    && (device == 0 || device == row.device().value())
                    && (point == 0 || point == row.id().value())
                    && (area == PointPlace.OUTSIDE || area == configured.place().toArea());
        }
    }

    public AccessRule {
        name = PolicyItem.named(name);
        if (id < 1 || id > MOST || group < 1 || !u16(group) || !u16(schedule) || !u16(floors)) {
            throw new IllegalArgumentException("expected a rule id u32, a group from 1, schedule and floors u16");
        }
    }

    private static boolean u16(int value) {
        return value >= 0 && value <= 0xFFFF;
    }

    @Override
    public ItemKey key() {
        return new ItemKey(ItemKind.RULE, id);
    }

    @Override
    public byte[] content() {
        return new ByteWriter()
                .u16(group)
                .u16(schedule)
                .u16(floors)
                .u32(where.device())
                .u16(where.point())
                .u16(where.area())
                .toByteArray();
    }

    static AccessRule decode(long id, String name, byte[] content) {
        ByteReader in = new ByteReader(content);
        return new AccessRule(id, name, in.u16(), in.u16(), in.u16(), new Where(in.u32(), in.u16(), in.u16()));
    }
}

package io.zhitong.accessmodel;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import java.util.List;

/**
 * The rights that all credentials of one group have at one device (人员组权限): group 2 ‖ n 2 ‖ n × right 10, strictly
 * rising. Groups belong to a device and are made by the backend's compiler. Source: our profile, docs/link.md.
 *
 * @param group 1 … 65535, kept from version to version
 */
public record GroupRecord(int group, List<Right> rights) implements ListRecord {

    static final int MAX_RIGHTS = 1_024;

    public GroupRecord {
        rights = rights.stream().sorted().toList();
        Bounds.id(group, "a group");
        ModelException.require(
                rights.size() <= MAX_RIGHTS, ModelException.Reason.LENGTH, "at most " + MAX_RIGHTS + " rights");
        Bounds.distinct(rights, "no right");
    }

    @Override
    public ListKind kind() {
        return ListKind.GROUPS;
    }

    @Override
    public byte[] canonical() {
        ByteWriter out = new ByteWriter().u16(group).u16(rights.size());
        for (Right right : rights) {
            out.u16(right.point().value())
                    .u16(right.schedule())
                    .u16(right.floors())
                    .u32(right.rule());
        }
        return out.toByteArray();
    }

    /** @throws ModelException if the bytes are not the canonical form of a group */
    public static GroupRecord decode(byte[] bytes) {
        return Decoding.canonical(
                bytes,
                ListKind.GROUPS,
                in -> new GroupRecord(in.u16(), Decoding.list(in, in.u16(), GroupRecord::right)));
    }

    private static Right right(ByteReader in) {
        return new Right(new PointId(in.u16()), in.u16(), in.u16(), in.u32());
    }
}

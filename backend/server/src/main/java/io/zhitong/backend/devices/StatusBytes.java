package io.zhitong.backend.devices;

import io.zhitong.accessmodel.ClockQuality;
import io.zhitong.accessmodel.Coded;
import io.zhitong.accessmodel.Hash;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.ListVersion;
import io.zhitong.link.DeviceStatus;
import io.zhitong.link.ListState;
import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * A heartbeat as a column of the lease (心跳存储格式): device ms 8 ‖ clock quality 1 ‖ last sequence 8 ‖ unsent 8 ‖ refused 8 ‖ n 1 ‖
 * n × (kind 1 ‖ epoch 4 ‖ number 8 ‖ root 32) ‖ fault texts, each length 2 ‖ UTF-8.
 */
final class StatusBytes {
    private StatusBytes() {}

    static byte[] encode(DeviceStatus status) {
        ByteWriter out = new ByteWriter()
                .u64(status.deviceMillis())
                .u8(status.quality().code())
                .u64(status.lastSequence())
                .u64(status.unsent())
                .u64(status.refused())
                .u8(status.lists().size());
        for (ListState list : status.lists()) {
            out.u8(list.kind().code())
                    .u32(list.version().epoch())
                    .u64(list.version().number())
                    .bytes(list.root().toByteArray());
        }
        status.faults().forEach(out::text);
        return out.toByteArray();
    }

    static DeviceStatus decode(byte[] stored) {
        ByteReader in = new ByteReader(stored);
        long deviceMillis = in.u64();
        ClockQuality quality = Coded.require(ClockQuality.class, in.u8());
        long last = in.u64();
        long unsent = in.u64();
        long refused = in.u64();
        List<ListState> lists = new ArrayList<>();
        for (int left = in.u8(); left > 0; left--) {
            lists.add(new ListState(
                    Coded.require(ListKind.class, in.u8()),
                    new ListVersion(in.u32(), in.u64()),
                    Hash.of(in.bytes(Hash.LENGTH))));
        }
        List<String> faults = new ArrayList<>();
        while (in.remaining() > 0) {
            faults.add(in.text());
        }
        return new DeviceStatus(deviceMillis, quality, last, unsent, refused, lists, faults);
    }
}

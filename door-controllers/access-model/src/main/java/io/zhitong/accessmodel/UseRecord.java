package io.zhitong.accessmodel;

import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import java.util.List;

/**
 * How often a credential with a limited number of uses was let in, device by device, as the backend has read it (已用次数):
 * credential 8 ‖ n 1 ‖ n × (device 4 ‖ count 2), strictly rising by device. Source: our profile, docs/link.md.
 *
 * @param counts 1 … 255 devices; one that is not named has let nobody in that the backend knows of
 */
public record UseRecord(CredentialNumber credential, List<Count> counts) implements ListRecord {

    public static final int MOST_DEVICES = 255;

    /** @param uses 1 … 65535; 65535 = that many or more */
    public record Count(DeviceId device, int uses) {
        public static final int MOST = 0xFFFF;

        public Count {
            ModelException.require(uses >= 1 && uses <= MOST, ModelException.Reason.RANGE, "a count from 1 to " + MOST);
        }
    }

    public UseRecord {
        counts = List.copyOf(counts);
        ModelException.require(
                !counts.isEmpty() && counts.size() <= MOST_DEVICES,
                ModelException.Reason.LENGTH,
                "1 to " + MOST_DEVICES + " devices");
        for (int i = 1; i < counts.size(); i++) {
            ModelException.require(
                    counts.get(i - 1).device().value() < counts.get(i).device().value(),
                    ModelException.Reason.ORDER,
                    "devices strictly rising");
        }
    }

    @Override
    public ListKind kind() {
        return ListKind.USES;
    }

    @Override
    public byte[] canonical() {
        ByteWriter out = new ByteWriter().u64(credential.value()).u8(counts.size());
        counts.forEach(count -> out.u32(count.device().value()).u16(count.uses()));
        return out.toByteArray();
    }

    /** @throws ModelException if the bytes are not the canonical form of such a count */
    public static UseRecord decode(byte[] bytes) {
        return Decoding.canonical(bytes, ListKind.USES, UseRecord::read);
    }

    private static UseRecord read(ByteReader in) {
        return new UseRecord(
                new CredentialNumber(in.u64()),
                Decoding.list(in, in.u8(), each -> new Count(new DeviceId(each.u32()), each.u16())));
    }
}

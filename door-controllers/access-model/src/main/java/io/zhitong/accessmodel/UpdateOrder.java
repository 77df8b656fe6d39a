package io.zhitong.accessmodel;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;

/**
 * What {@link CommandKind#UPDATE} asks for (升级指令参数), {@value #LENGTH} bytes: manifest 133 ‖ flags 1 (bit 0: a version that does not
 * exceed the running one is taken too). Source: our profile, docs/link.md.
 */
public record UpdateOrder(UpdateManifest manifest, boolean older) {

    public static final int LENGTH = UpdateManifest.LENGTH + 1;

    public byte[] encode() {
        return new ByteWriter().bytes(manifest.encode()).u8(older ? 1 : 0).toByteArray();
    }

    /** @throws ModelException if the bytes are not exactly one order */
    public static UpdateOrder decode(byte[] bytes) {
        return Decoding.exactly(bytes, LENGTH, "update order", UpdateOrder::read);
    }

    private static UpdateOrder read(ByteReader in) {
        UpdateManifest manifest = UpdateManifest.decode(in.bytes(UpdateManifest.LENGTH));
        int flags = in.u8();
        ModelException.require(flags <= 1, ModelException.Reason.RANGE, "flags 0 or 1");
        return new UpdateOrder(manifest, flags == 1);
    }
}

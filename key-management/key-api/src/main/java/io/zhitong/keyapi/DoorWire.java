package io.zhitong.keyapi;

import io.zhitong.smcrypto.SecretBytes;
import java.util.List;

/** The vault's end of {@link VaultDoor}. */
final class DoorWire {
    private DoorWire() {}

    static void serve(VaultDoor door, WireHandlers handlers) {
        handlers.put(DoorOp.DOOR, in -> out -> door.door().encode(out));
        handlers.put(DoorOp.GIVE_SHARE, in -> {
            SecretBytes share = Secrets.decode(in);
            return out -> {
                try (share) {
                    door.giveShare(share).encode(out);
                }
            };
        });
        handlers.put(DoorOp.FORGET_SHARES, in -> out -> door.forgetShares().encode(out));
        handlers.put(DoorOp.TESTIFY, in -> {
            Testimony known = Testimony.decode(in);
            return out -> door.testify(known).encode(out);
        });
        handlers.put(DoorOp.ANSWER_NEWEST, in -> {
            long newest = in.u64();
            return out -> door.answerNewest(newest).encode(out);
        });
        handlers.put(DoorOp.PASS_ON, in -> {
            List<DeviceWord> words = Lists.decode(in, DeviceWord::decode);
            return out -> door.passOn(words).encode(out);
        });
        handlers.put(DoorOp.SEAL, in -> out -> door.seal().encode(out));
    }
}

package io.zhitong.accessmodel;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;

/**
 * What is asked of a device, of which device, by whom and until when (指令内容).
 *
 * <p>Bytes (the signed message): 'ZTC2' ‖ community 4 ‖ device 4 ‖ journal 8 ‖ nonce 16 ‖ kind 1 ‖ point 2 ‖ made 8 ‖ expiry 8
 * (ms since 1970, backend time) ‖ idempotency key 16 ‖ args length 2 ‖ args ‖ who length 2 ‖ who ‖ why length 2 ‖ why (UTF-8).
 * Source: our profile, docs/link.md.
 *
 * @param journal the device's present journal
 * @param nonce 16 bytes that the device drew for the present connection
 * @param args meaning by kind, at most 256 bytes ({@link SaleRequest} for SALE, empty for OPEN)
 * @param who who asked, at most 64 bytes of UTF-8
 * @param why the reason given, at most 128 bytes of UTF-8
 * @param idempotencyKey 16 bytes; a device carries out each once
 * @param expiryMillis a device that reads it later refuses it
 */
public record CommandOrder(
        CommunityId community,
        DeviceId device,
        JournalId journal,
        Octets nonce,
        CommandKind kind,
        PointId point,
        long madeMillis,
        long expiryMillis,
        Octets idempotencyKey,
        Octets args,
        String who,
        String why) {

    public static final int NONCE_LENGTH = 16;
    public static final int KEY_LENGTH = 16;
    private static final String MAGIC = "ZTC2";
    private static final int MAX_ARGS = 256;

    public CommandOrder {
        nonce.expect(NONCE_LENGTH, "a nonce");
        idempotencyKey.expect(KEY_LENGTH, "an idempotency key");
        ModelException.require(
                madeMillis >= 0 && expiryMillis > madeMillis,
                ModelException.Reason.RANGE,
                "an expiry after the making");
        ModelException.require(
                args.length() <= MAX_ARGS, ModelException.Reason.LENGTH, "arguments of at most " + MAX_ARGS + " bytes");
        words(who, why);
    }

    static void words(String who, String why) {
        Decoding.text(who, 64, "who");
        Decoding.text(why, 128, "why");
    }

    /** What the command key signs. */
    public byte[] message() {
        return new ByteWriter()
                .ascii(MAGIC)
                .u32(community.value())
                .u32(device.value())
                .u64(journal.value())
                .bytes(nonce.toByteArray())
                .u8(kind.code())
                .u16(point.value())
                .u64(madeMillis)
                .u64(expiryMillis)
                .bytes(idempotencyKey.toByteArray())
                .sized(args.toByteArray())
                .text(who)
                .text(why)
                .toByteArray();
    }

    static CommandOrder read(ByteReader in) {
        Decoding.magic(in, MAGIC);
        return new CommandOrder(
                new CommunityId((int) in.u32()),
                new DeviceId(in.u32()),
                new JournalId(in.u64()),
                Octets.of(in.bytes(NONCE_LENGTH)),
                Coded.require(CommandKind.class, in.u8()),
                new PointId(in.u16()),
                in.u64(),
                in.u64(),
                Octets.of(in.bytes(KEY_LENGTH)),
                Octets.of(in.sized()),
                in.text(),
                in.text());
    }
}

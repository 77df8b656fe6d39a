package io.zhitong.cos;

import io.zhitong.cardspec.CardAlgorithm;
import io.zhitong.cardspec.CardFiles;
import io.zhitong.cos.chip.JournalledMemory;
import io.zhitong.cos.chip.Nvm;
import io.zhitong.cos.file.CardFile;
import io.zhitong.cos.file.FileKind;
import io.zhitong.cos.file.FileMaker;
import io.zhitong.cos.file.FileSystem;
import io.zhitong.cos.file.KeyFile;
import io.zhitong.cos.file.KeyImport;
import io.zhitong.cos.state.CardProfile;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;
import java.util.Arrays;

/**
 * The factory (出厂): an erased memory becomes a card of some profile. A cut during birth leaves no card; who keeps it in a
 * file makes the file under another name first.
 *
 * <p>A card born with a transport key holds in its MF a key file with 39/00 = batch transport key diversified by the chip
 * id, which reaches status F, and the readable file 0005 with the chip id as serial. Creating files in its MF needs that
 * authentication.
 */
public final class CardBirth {
    private static final int FREE = 0xF0;
    private static final int NEVER = 0xEF;
    private static final int AUTHENTICATED = 0x01;
    private static final int KEY_FILE_BYTES = 256;

    private CardBirth() {}

    /** An empty MF in which everything is free. */
    public static void blank(Nvm nvm, CardProfile profile, ChipIdentity identity) {
        nvm.fuse(identity.fuses());
        JournalledMemory memory = new JournalledMemory(nvm, Card.JOURNAL);
        FileSystem.format(memory, profile.room(), FREE, FREE, 1);
        ChipBlock.write(memory, profile);
        memory.commit();
    }

    /** An MF with transport key and chip number. */
    public static void withTransportKey(Nvm nvm, CardProfile profile, ChipIdentity identity, SecretBytes batchKey) {
        nvm.fuse(identity.fuses());
        JournalledMemory memory = new JournalledMemory(nvm, Card.JOURNAL);
        FileSystem files = FileSystem.format(memory, profile.room(), AUTHENTICATED, AUTHENTICATED, 1);
        ChipBlock.write(memory, profile);
        byte[] keyFile = {0x3F, KEY_FILE_BYTES >> 8, (byte) KEY_FILE_BYTES, 1, AUTHENTICATED, (byte) 0xFF, (byte) 0xFF};
        new FileMaker(files, files.mf(), 0).elementary(FileKind.KEYS, keyFile);
        putTransportKey(files, profile.algorithm(), identity, batchKey);
        putChipFile(files, identity);
        memory.commit();
    }

    /** As the profile says. */
    public static void of(Nvm nvm, CardProfile profile, ChipIdentity identity, SecretBytes batchKey) {
        switch (profile.birth()) {
            case EMPTY -> blank(nvm, profile, identity);
            case TRANSPORT -> withTransportKey(nvm, profile, identity, batchKey);
        }
    }

    private static void putTransportKey(
            FileSystem files, CardAlgorithm algorithm, ChipIdentity identity, SecretBytes batchKey) {
        byte[] batch = batchKey.export(SecretAccess.TOKEN);
        byte[] own = algorithm.diversify(batch, identity.chipId());
        byte[] data = new ByteWriter()
                .u8(0x39 | 0xC0)
                .u8(FREE)
                .u8(AUTHENTICATED)
                .u8(0x0F)
                .u8(0xFF)
                .bytes(own)
                .toByteArray();
        Arrays.fill(batch, (byte) 0);
        Arrays.fill(own, (byte) 0);
        KeyFile keys = new KeyFile(files.keyFile(files.mf()).orElseThrow());
        KeyImport.parse(data, 0, algorithm).putInto(keys);
        Arrays.fill(data, (byte) 0);
    }

    /** 0005: issuer2 city2 industry2 rfu2 serial8 … 30 bytes, of which the factory knows the serial. */
    private static void putChipFile(FileSystem files, ChipIdentity identity) {
        byte[] create = {0x28, 0, 30, (byte) FREE, (byte) NEVER, (byte) 0xFF, 0};
        new FileMaker(files, files.mf(), CardFiles.CHIP).elementary(FileKind.BINARY, create);
        CardFile file = files.child(files.mf(), CardFiles.CHIP).orElseThrow();
        file.write(8, identity.chipId());
    }
}

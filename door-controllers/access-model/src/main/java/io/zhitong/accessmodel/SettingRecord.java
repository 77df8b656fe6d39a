package io.zhitong.accessmodel;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import java.util.Optional;

/**
 * One fact that the backend tells a device (设备参数): key 2 ‖ length 2 ‖ UTF-8 value.
 *
 * @param keyCode u16; an unknown one is kept, so that an older device can hold a newer list
 * @param value at most 256 bytes of UTF-8
 */
public record SettingRecord(int keyCode, String value) implements ListRecord {

    private static final int MAX_VALUE = 256;

    public SettingRecord {
        ModelException.require(keyCode > 0 && keyCode <= 0xFFFF, ModelException.Reason.RANGE, "a setting key u16");
        Decoding.text(value, MAX_VALUE, "a setting");
    }

    public SettingRecord(SettingKey key, String value) {
        this(key.code(), value);
    }

    public Optional<SettingKey> key() {
        return Coded.find(SettingKey.class, keyCode);
    }

    @Override
    public ListKind kind() {
        return ListKind.SETTINGS;
    }

    @Override
    public byte[] canonical() {
        return new ByteWriter().u16(keyCode).text(value).toByteArray();
    }

    /** @throws ModelException if the bytes are not a setting */
    public static SettingRecord decode(byte[] bytes) {
        return Decoding.canonical(bytes, ListKind.SETTINGS, SettingRecord::read);
    }

    private static SettingRecord read(ByteReader in) {
        return new SettingRecord(in.u16(), in.text());
    }
}

package io.zhitong.personalisation;

/**
 * First issue of a security module (一次发卡): the city gives it a control key of its own and a serial number.
 *
 * @param kind what it is meant for
 * @param city derivation factor of the city, 8 bytes
 * @param serial serial number of the module, 10 bytes
 * @param keyVersion version of the control key
 */
public record SamBlank(SamOrder.Kind kind, byte[] city, byte[] serial, int keyVersion) {
    public SamBlank {
        if (city.length != 8 || serial.length != 10) {
            throw new IllegalArgumentException("expected a city's factor of 8 bytes and a serial number of 10");
        }
        city = city.clone();
        serial = serial.clone();
    }

    @Override
    public byte[] city() {
        return city.clone();
    }

    @Override
    public byte[] serial() {
        return serial.clone();
    }
}

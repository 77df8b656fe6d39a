package io.zhitong.accessmodel;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import java.time.DateTimeException;
import java.time.LocalDate;

/** A day on which only holiday windows count (节假日): year 2 ‖ month 1 ‖ day 1. */
public record Holiday(LocalDate day) implements ListRecord {

    public Holiday {
        ModelException.require(
                day.getYear() >= 0 && day.getYear() <= 0xFFFF, ModelException.Reason.RANGE, "a year from 0 to 65535");
    }

    @Override
    public ListKind kind() {
        return ListKind.HOLIDAYS;
    }

    @Override
    public byte[] canonical() {
        return new ByteWriter()
                .u16(day.getYear())
                .u8(day.getMonthValue())
                .u8(day.getDayOfMonth())
                .toByteArray();
    }

    /** @throws ModelException if the bytes are not a day of the calendar */
    public static Holiday decode(byte[] bytes) {
        return Decoding.canonical(bytes, ListKind.HOLIDAYS, Holiday::read);
    }

    private static Holiday read(ByteReader in) {
        try {
            return new Holiday(LocalDate.of(in.u16(), in.u8(), in.u8()));
        } catch (DateTimeException e) {
            throw new ModelException(ModelException.Reason.RANGE, "expected a day of the calendar");
        }
    }
}

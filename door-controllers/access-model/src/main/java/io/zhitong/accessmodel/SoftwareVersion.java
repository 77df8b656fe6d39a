package io.zhitong.accessmodel;

import java.util.Comparator;

/**
 * Version of a device's program (软件版本), written {@code 1.4.0.22}; each part is 2 bytes, up to 32767.
 *
 * @param build counts what was built of the same version
 */
public record SoftwareVersion(int major, int minor, int patch, int build) implements Comparable<SoftwareVersion> {

    private static final Comparator<SoftwareVersion> ORDER = Comparator.comparingLong(SoftwareVersion::code);
    private static final int PARTS = 4;

    public SoftwareVersion {
        ModelException.require(
                part(major) && part(minor) && part(patch) && part(build),
                ModelException.Reason.RANGE,
                "four parts of 0 to 32767");
    }

    private static boolean part(int value) {
        return value >= 0 && value <= 0x7FFF;
    }

    /** @throws ModelException if it is not four numbers with dots */
    public static SoftwareVersion parse(String written) {
        ModelException.require(
                written.matches("\\d{1,5}(\\.\\d{1,5}){3}"), ModelException.Reason.RANGE, "a version like 1.4.0.22");
        String[] parts = written.split("\\.", PARTS);
        return new SoftwareVersion(
                Integer.parseInt(parts[0]),
                Integer.parseInt(parts[1]),
                Integer.parseInt(parts[2]),
                Integer.parseInt(parts[3]));
    }

    /** Of 8 bytes. */
    static SoftwareVersion of(long code) {
        return new SoftwareVersion(
                (int) (code >>> 48), (int) (code >>> 32) & 0xFFFF, (int) (code >>> 16) & 0xFFFF, (int) code & 0xFFFF);
    }

    /** 8 bytes, in the order of the versions. */
    long code() {
        return (long) major << 48 | (long) minor << 32 | (long) patch << 16 | build;
    }

    @Override
    public int compareTo(SoftwareVersion other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch + "." + build;
    }
}

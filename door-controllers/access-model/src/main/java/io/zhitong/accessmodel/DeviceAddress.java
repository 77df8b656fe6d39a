package io.zhitong.accessmodel;

/**
 * A device in the whole installation (设备地址): its community and its number there.
 */
public record DeviceAddress(CommunityId community, DeviceId device) {

    public static DeviceAddress of(int community, long device) {
        return new DeviceAddress(new CommunityId(community), new DeviceId(device));
    }

    /** Common name in the device's machine certificate: community, hyphen, device, both decimal. */
    public String certificateName() {
        return community.value() + "-" + device.value();
    }

    @Override
    public String toString() {
        return certificateName();
    }
}

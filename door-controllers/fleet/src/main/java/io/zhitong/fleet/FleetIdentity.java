package io.zhitong.fleet;

import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.machinetls.MachineTls;
import io.zhitong.smcrypto.Sm2PublicKey;

/**
 * What enrolment left a simulated controller (设备身份).
 *
 * @param tls mutual; believes the backend of its authority only
 * @param policyKey signs lists
 * @param commandKey signs commands
 */
public record FleetIdentity(DeviceAddress address, MachineTls tls, Sm2PublicKey policyKey, Sm2PublicKey commandKey) {}

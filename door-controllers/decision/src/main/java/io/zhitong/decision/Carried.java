package io.zhitong.decision;

import io.zhitong.accessmodel.CarrierLevel;
import io.zhitong.cardspec.CredentialNumber;

/** The credential that something presented stands for, and how safe it is (载体所指). */
public record Carried(CredentialNumber credential, CarrierLevel level) {}

//! Types that hold each other in a long chain. The compiler follows boxes of std when it asks what
//! dropping an object does, or whether it can be sent, and gives up after some thirty.
#![allow(unreachable_pub, missing_docs, reason = "the types stand for generated ones")]

use docbind_runtime::{Boxed, Extra, Object};

macro_rules! chain {
    ($($ty:ident($next:ident))*) => {$(
        #[non_exhaustive]
        pub struct $ty {
            pub next: Option<Boxed<$next>>,
            pub others: Option<Vec<Boxed<$next>>>,
            pub extra: Extra,
        }
        docbind_runtime::object! { $ty "test.link" { 0 next "next" 1 others "others" } extra None }
        docbind_runtime::setters! { $ty { next(boxed $next) others(list Boxed<$next>) } }
    )*};
}

/// The last.
pub struct Link {
    pub extra: Extra,
}

docbind_runtime::object! { Link "test.end" {} extra None }

chain! {
    T0(T1) T1(T2) T2(T3) T3(T4) T4(T5) T5(T6) T6(T7) T7(T8) T8(T9) T9(T10) T10(T11) T11(T12) T12(T13) T13(T14) T14(T15) T15(T16) T16(T17) T17(T18) T18(T19) T19(T20) T20(T21) T21(T22) T22(T23) T23(T24) T24(T25) T25(T26) T26(T27) T27(T28) T28(T29) T29(T30) T30(T31) T31(T32) T32(T33) T33(T34) T34(T35) T35(T36) T36(T37) T37(T38) T38(T39) T39(T40) T40(T41) T41(T42) T42(T43) T43(T44) T44(T45) T45(T46) T46(T47) T47(T48) T48(T49) T49(T50) T50(T51) T51(T52) T52(T53) T53(T54) T54(T55) T55(T56) T56(T57) T57(T58) T58(T59) T59(T60) T60(T61) T61(T62) T62(T63) T63(T64) T64(T65) T65(T66) T66(T67) T67(T68) T68(T69) T69(T70) T70(T71) T71(T72) T72(T73) T73(T74) T74(T75) T75(T76) T76(T77) T77(T78) T78(T79) T79(T80) T80(T81) T81(T82) T82(T83) T83(T84) T84(T85) T85(T86) T86(T87) T87(T88) T88(T89) T89(T90) T90(T91) T91(T92) T92(T93) T93(T94) T94(T95) T95(T96) T96(T97) T97(T98) T98(T99) T99(T100) T100(T101) T101(T102) T102(T103) T103(T104) T104(T105) T105(T106) T106(T107) T107(T108) T108(T109) T109(T110) T110(T111) T111(T112) T112(T113) T113(T114) T114(T115) T115(T116) T116(T117) T117(T118) T118(T119) T119(T120) T120(T121) T121(T122) T122(T123) T123(T124) T124(T125) T125(T126) T126(T127) T127(T128) T128(T129) T129(T130) T130(T131) T131(T132) T132(T133) T133(T134) T134(T135) T135(T136) T136(T137) T137(T138) T138(T139) T139(T140) T140(T141) T141(T142) T142(T143) T143(T144) T144(T145) T145(T146) T146(T147) T147(T148) T148(T149) T149(T150) T150(T151) T151(T152) T152(T153) T153(T154) T154(T155) T155(T156) T156(T157) T157(T158) T158(T159) T159(T160) T160(T161) T161(T162) T162(T163) T163(T164) T164(T165) T165(T166) T166(T167) T167(T168) T168(T169) T169(T170) T170(T171) T171(T172) T172(T173) T173(T174) T174(T175) T175(T176) T176(T177) T177(T178) T178(T179) T179(T180) T180(T181) T181(T182) T182(T183) T183(T184) T184(T185) T185(T186) T186(T187) T187(T188) T188(T189) T189(T190) T190(T191) T191(T192) T192(T193) T193(T194) T194(T195) T195(T196) T196(T197) T197(T198) T198(T199) T199(T200) T200(Link)
}

#[test]
fn a_long_chain_can_be_sent_and_dropped() {
    fn can_be_sent<T: Send + Sync + std::panic::UnwindSafe + 'static>(_: T) {}
    can_be_sent(None::<T0>);
}

// A program that decodes a type compiles the types inside it as well, and rustc has its own limit of
// 128 for such a chain, which `#![recursion_limit]` of that program raises.
#[test]
fn the_end_of_it_can_be_decoded() {
    let json = serde_json::json!({"next": {"others": [{}]}});
    let chain: T100 = serde_json::from_value(json.clone()).expect("decodes");
    assert_eq!(serde_json::to_value(&chain).expect("encodes"), json);
    assert_eq!(chain.mismatches(), []);
    let built = T100::default().next(T101::default().others([T102::default()]));
    assert_eq!(chain, built);
    assert!(built.next.expect("is there").into_inner().next.is_none());
}

//! Where tokens come from and calls go to, in each national cloud.

/// A deployment of Microsoft Graph, with the identity platform that belongs to it. Accounts and
/// data of one are unknown to the others.
///
/// Source: Microsoft Graph, "National cloud deployments". Other services on the same identity
/// platform are `Cloud`s of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cloud {
    /// Where tokens come from, without a slash at the end.
    pub authority: &'static str,
    /// Scheme and host of the service.
    pub service: &'static str,
}

impl Cloud {
    /// The global service.
    pub const GLOBAL: Self = Self {
        authority: "https://login.microsoftonline.com",
        service: "https://graph.microsoft.com",
    };
    /// The US government, level 4 (GCC High).
    pub const US_GOVERNMENT: Self = Self {
        authority: "https://login.microsoftonline.us",
        service: "https://graph.microsoft.us",
    };
    /// The US government, level 5 (Department of Defense).
    pub const US_DEFENSE: Self = Self {
        authority: "https://login.microsoftonline.us",
        service: "https://dod-graph.microsoft.us",
    };
    /// China, operated by 21Vianet.
    pub const CHINA: Self = Self {
        authority: "https://login.chinacloudapi.cn",
        service: "https://microsoftgraph.chinacloudapi.cn",
    };
}

//! The rules of asking.

/// Whom a journey type asks, when, and how often at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// Of a hundred customers who could be asked, so many are.
    pub rate_percent: i32,
    /// Hours between the end of a journey and the invitation.
    pub delay_hours: i32,
    /// Hour of the day from which nobody is written to.
    pub quiet_from: i32,
    /// Hour of the day until which nobody is written to.
    pub quiet_until: i32,
    /// Days after the invitation at which a reminder goes out; 0 for none.
    pub reminder_days: i32,
    /// Days in which an address is written to about one journey at most.
    pub rest_days: i32,
    /// Days for which a link is open.
    pub link_days: i32,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            rate_percent: 100,
            delay_hours: 24,
            quiet_from: 20,
            quiet_until: 8,
            reminder_days: 5,
            rest_days: 60,
            link_days: 30,
        }
    }
}

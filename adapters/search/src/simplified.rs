//! Traditional characters that people type for services, as simplified ones.
//!
//! A small table of those that occur in matters of a city, sorted, one column under the other. What is not in
//! it is still found by its neighbours.

use std::sync::LazyLock;

const TRADITIONAL: &str = "個倫傳債傷價償優儲兒兩冊創劃動務勞勢勵匯區協參員問啟喪單嗎嚴國園圖團執報場塊壓壞壽夠奪婁婦孫學實審寫\
     寵將專尋對導屆層屬島師帳幣幫庫廠廢廣廳張強彈彙後徑從復徵恆態憑應懷戰戲戶換撥擇擔據擬擾敗數斷於時曆書\
     會東桿條棄業極構樂樓標樣樹橋機檔檢欄權歡歲歷歸殘殺毀氣決沒況測溫滯滿漁濟灣災為無熱營爭爺爾牽狀獎獨獲\
     現瑪環產畢畫異療癥發盜盡監盤眾確碼礎禮稅種稱積穩穫窩窮競筆簡簽籤糧紀約紅納級細終組結絡給統經綜綠維網\
     緊線緣編練縣縮總織繳繼續罰罷羅習聖聞聯聲職聽脫腦腳膚臉臨臺與興舉舊華萬葉著蓋薦藝藥處虛號蟲術衛衝補裝\
     裡製複見規視親覽觀觸訂計訓託記訟訪設許訴診註詐評詞詢試該誌認語誠誤說誰課調談請論諮謝證識譯議護讀變讓\
     豐財貧貨貫責貴買貸費貼資賠賣質賬賴購賽贈贓趕跡車軌軍軟較載輔輕輛輪輸轄轉辦辭農連進遊運過達違遠適遲選\
     還邊郵鄉鄰醜醫釋釐銀銷鋪錄錢錯鍾鎮鏈鐘鐵鑑鑒長門閉開閒間閱關陸隊階際隨險雖雙雜雞離難雲電靈靜韓響頁頂\
     項順須預領頭題額願類顧顯風颱飛飯飲飽養餘館馬駐駕駛騎騙驗體髮鬥鬧魚鮮鳥麗麼黃點黨齊齒齡龍龜";
const SIMPLIFIED: &str = "个伦传债伤价偿优储儿两册创划动务劳势励汇区协参员问启丧单吗严国园图团执报场块压坏寿够夺娄妇孙学实审写\
     宠将专寻对导届层属岛师账币帮库厂废广厅张强弹汇后径从复征恒态凭应怀战戏户换拨择担据拟扰败数断于时历书\
     会东杆条弃业极构乐楼标样树桥机档检栏权欢岁历归残杀毁气决没况测温滞满渔济湾灾为无热营争爷尔牵状奖独获\
     现玛环产毕画异疗症发盗尽监盘众确码础礼税种称积稳获窝穷竞笔简签签粮纪约红纳级细终组结络给统经综绿维网\
     紧线缘编练县缩总织缴继续罚罢罗习圣闻联声职听脱脑脚肤脸临台与兴举旧华万叶着盖荐艺药处虚号虫术卫冲补装\
     里制复见规视亲览观触订计训托记讼访设许诉诊注诈评词询试该志认语诚误说谁课调谈请论咨谢证识译议护读变让\
     丰财贫货贯责贵买贷费贴资赔卖质账赖购赛赠赃赶迹车轨军软较载辅轻辆轮输辖转办辞农连进游运过达违远适迟选\
     还边邮乡邻丑医释厘银销铺录钱错钟镇链钟铁鉴鉴长门闭开闲间阅关陆队阶际随险虽双杂鸡离难云电灵静韩响页顶\
     项顺须预领头题额愿类顾显风台飞饭饮饱养余馆马驻驾驶骑骗验体发斗闹鱼鲜鸟丽么黄点党齐齿龄龙龟";

const FIRST: u32 = 0x4e00;
const LAST: u32 = 0x9fff;

/// One place for each common character: every text that is read goes through here.
static TABLE: LazyLock<Vec<char>> = LazyLock::new(|| {
    let mut table: Vec<char> = (FIRST..=LAST).filter_map(char::from_u32).collect();
    for (old, new) in TRADITIONAL.chars().zip(SIMPLIFIED.chars()) {
        if let Some(place) = table.get_mut((u32::from(old) - FIRST) as usize) {
            *place = new;
        }
    }
    table
});

pub fn simplified(c: char) -> char {
    u32::from(c).checked_sub(FIRST).and_then(|at| TABLE.get(at as usize)).copied().unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_even() {
        let (old, new): (Vec<char>, Vec<char>) =
            (TRADITIONAL.chars().collect(), SIMPLIFIED.chars().collect());
        assert_eq!(old.len(), new.len());
        assert!(old.windows(2).all(|pair| pair[0] < pair[1]));
        assert!(old.iter().zip(&new).all(|(old, new)| old != new && simplified(*new) == *new));
        assert!(old.iter().all(|&c| (FIRST..=LAST).contains(&u32::from(c))));
    }

    #[test]
    fn other_characters_stay() {
        assert_eq!(simplified('駕'), '驾');
        for c in ['驾', 'a', '\u{4dff}', '\u{a000}', '🙂'] {
            assert_eq!(simplified(c), c);
        }
    }
}

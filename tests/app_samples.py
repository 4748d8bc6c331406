"""Documents and names that the prepared server of `app_prepared` holds."""

ENGLISH = (
    "Transit over Kazakhstan\n\n12 March 2024. Kazakhstan moved 800 containers in 2018, and China "
    "and Kazakhstan signed 52 agreements. KTZ said that trains to Duisburg take 12 days.\n"
    "In all 55 industrial projects have been completed between Kazakhstan and China. "
    "11 of them will be launched this year, and 15 will be completed by the end of 2019.\n"
    "\U0001f682 Trade will reach 40 billion dollars by 2030."
)
RUSSIAN = (
    "Доклад о транзите через Казахстан\n\n12 марта 2024 года в Астане состоялся форум. "
    "Казахстан перевёз 1,2 млн контейнеров в 2023 году."
)
CHINESE = "2024年中欧班列开行1.9万列，发送207万标箱，同比增长10%。哈萨克斯坦与中国在阿拉山口合作。"
TEXTS = {"transit.txt": ENGLISH, "доклад.txt": RUSSIAN, "班列.txt": CHINESE}
OUTLOOK = "two-to-2030"
RUNS = ("dostyk-reform-2025", "other-2025")
ACCESS = """\
zone,geonames_id,economy,lat,lon,access_base_usd_mn,access_usd_mn,change_pct,reached
Almaty,1526384,KAZ,43.25,76.92,20000.0,20100.0,0.5,9
Malé,1282027,MDV,4.17,73.51,0.0,0.0,,0
"""

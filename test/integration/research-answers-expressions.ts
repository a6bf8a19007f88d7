/**
 * Expressions, each behind RETURN, with the one value they answer.
 * A line is the text, parameters after `;;` where it has any, and after `=>` what openCypher says the answer is.
 */
export const EXPRESSIONS = String.raw`
1+2*3  => 7
7/2  => 3
-7/2  => -3
7%3  => 1
-7%3  => -1
7.0/2  => 3.5
2^3  => 8
2^3^2  => 64
(2^3)^2  => 64
-2^2  => 4
10 - 3 - 2  => 5
100/10/2  => 5
1+null  => null
2 * 3 % 4  => 2
0x10  => 16
0o17  => 15
1e3  => 1000
- 1  => -1
-(1+2)  => -3
+1  => 1
12 / 4 * 3 - 2 * 4  => 1
5 % 3 * 2  => 4
1.0 = 1  => true
1 < 2 < 3  => true
3 > 2 > 2  => false
1 < 3 < 2  => false
1 = 1 = 1  => true
'1' = 1  => false
'a' < 'b'  => true
1 < 'a'  => null
'a' > 1  => null
null = null  => null
null <> null  => null
1 <> 2  => true
true = 1  => false
[1,2]=[1,2]  => true
[1,null]=[1,null]  => null
{a:1}={a:1}  => true
1.0 = 1.5  => false
NOT null  => null
true AND null  => null
false AND null  => false
true OR null  => true
false OR null  => null
true XOR false  => true
true XOR null  => null
null IS NULL  => true
1 IS NOT NULL  => true
'10' < '9'  => true
[1,2] < [1,3]  => true
true > false  => true
1 IN [1,2]  => true
3 IN [1,null]  => null
null IN [1]  => null
null IN []  => false
[1] IN [[1]]  => true
'1' IN [1]  => false
1 IN ['1']  => false
NOT 1 = 2  => true
NOT true AND false  => false
1 = 1.0  => true
'1' <> 1  => true
'a' = 'A'  => false
[1,2] = ['1',2]  => false
{a:1} = {a:'1'}  => false
'a' + 'b'  => "ab"
'a' + 1  => "a1"
1 + 'a'  => "1a"
'abc' STARTS WITH 'a'  => true
'abc' ENDS WITH 'c'  => true
'abc' CONTAINS 'b'  => true
null STARTS WITH 'a'  => null
1 STARTS WITH '1'  => null
'abc' =~ 'a.*'  => true
'xabc' =~ 'a.*'  => false
substring('hello',1,3)  => "ell"
substring('hello',1)  => "ello"
left('hello',2)  => "he"
right('hello',2)  => "lo"
toUpper('aé')  => "AÉ"
trim('  a ')  => "a"
ltrim(' a ')  => "a "
rtrim(' a ')  => " a"
replace('aba','a','x')  => "xbx"
split('a,b',',')  => ["a","b"]
reverse('abc')  => "cba"
size('héé')  => 3
toString(1.0)  => "1.0"
toString(1)  => "1"
toString(true)  => "true"
toInteger('12')  => 12
toInteger('1.9')  => 1
toInteger(1.9)  => 1
toInteger('x')  => null
toFloat('1.5')  => 1.5
toBoolean('true')  => true
toBoolean('x')  => null
toInteger(true)  => 1
size('')  => 0
substring('hello',0,4)  => "hell"
substring(null,0,4)  => null
toLower('ÀB')  => "àb"
split('abc','')  => ["a","b","c"]
char_length('ab')  => 2
toString(null)  => null
'a' + null  => null
toFloat('x')  => null
btrim('xax','x')  => "a"
trim(BOTH 'x' FROM 'xax')  => "a"
normalize('é')  => "é"
substring('hello',2,0)  => ""
substring('hi',5)  => ""
left('a',5)  => "a"
[1,2,3][0]  => 1
[1,2,3][-1]  => 3
[1,2,3][5]  => null
[1,2,3][0..2]  => [1,2]
[1,2,3][1..]  => [2,3]
[1,2,3][..2]  => [1,2]
[1,2,3][-2..]  => [2,3]
[1,2,3][..-1]  => [1,2]
[1,2,3][-3..-1]  => [1,2]
[1]+[2]  => [1,2]
[1]+2  => [1,2]
1+[2]  => [1,2]
[1]+null  => null
range(1,3)  => [1,2,3]
range(3,1,-1)  => [3,2,1]
range(0,10,5)  => [0,5,10]
range(3,1)  => []
head([1,2])  => 1
last([1,2])  => 2
tail([1,2,3])  => [2,3]
head([])  => null
size([1,2])  => 2
reverse([1,2])  => [2,1]
[x IN [1,2,3] WHERE x>1 | x*2]  => [4,6]
[x IN [1,2] | x]  => [1,2]
[x IN [1,2] WHERE x>1]  => [2]
reduce(s=0,x IN [1,2,3] | s+x)  => 6
all(x IN [1,2] WHERE x>0)  => true
any(x IN [1,2] WHERE x>1)  => true
none(x IN [1,2] WHERE x>5)  => true
single(x IN [1,2] WHERE x>1)  => true
all(x IN [1,null] WHERE x>0)  => null
any(x IN [null] WHERE x>0)  => null
none(x IN [null] WHERE x>0)  => null
all(x IN [] WHERE x>0)  => true
single(x IN [1,null] WHERE x=1)  => null
keys({a:1,b:2})  => ["a","b"]
{a:1}.a  => 1
{a:1}.b  => null
{a:1}['a']  => 1
[[1,2],[3]][0][1]  => 2
isEmpty([])  => true
isEmpty('')  => true
toStringList([1,2])  => ["1","2"]
[1,2,3][1..10]  => [2,3]
[][0]  => null
[1,2,3][null]  => null
[1,2,3][2..1]  => []
[1,2]+[null]  => [1,2,null]
reverse([])  => []
[x IN null | x]  => null
size(null)  => null
coalesce(null,2)  => 2
coalesce(null,null)  => null
nullIf(1,1)  => null
reduce(s='',x IN ['a','b'] | s+x)  => "ab"
[x IN range(1,5) WHERE x%2=0 | x]  => [2,4]
'b' IN ['a','b']  => true
[1,2,3] + [4]  => [1,2,3,4]
reduce(s=[],x IN [1,2] | s+[x])  => [1,2]
reduce(s=[],x IN [1,2] | s+x)  => [1,2]
abs(-1)  => 1
ceil(1.2)  => 2
floor(1.8)  => 1
round(1.5)  => 2
round(-1.5)  => -1
round(2.5)  => 3
sign(-3)  => -1
sqrt(4)  => 2
exp(0)  => 1
log(1)  => 0
log10(100)  => 2
sin(0)  => 0
degrees(pi())  => 180
isNaN(0.0/0.0)  => true
toInteger(-1.9)  => -1
round(1.249,2)  => 1.25
haversin(0)  => 0
CASE 1 WHEN 1 THEN 'a' ELSE 'b' END  => "a"
CASE WHEN null THEN 1 ELSE 2 END  => 2
CASE WHEN false THEN 1 END  => null
CASE '1' WHEN 1 THEN 'x' ELSE 'y' END  => "y"
CASE null WHEN null THEN 1 ELSE 2 END  => 2
CASE 5 WHEN 1,5 THEN 1 ELSE 2 END  => 1
CASE 5 WHEN > 3 THEN 1 ELSE 2 END  => 1
$p  ;; {"p":[1,2]}  => [1,2]
$p.a  ;; {"p":{"a":1}}  => 1
$p = '1'  ;; {"p":1}  => false
$p[0]  ;; {"p":[1]}  => 1
1 IN $p  ;; {"p":[1]}  => true
$p + 1  ;; {"p":1}  => 2
'1' = $p  ;; {"p":1}  => false
date('2026-01-05').year  => 2026
date('2026-01-05').month  => 1
date('2026-01-05').day  => 5
date('2026-01-05').dayOfWeek  => 1
date('2026-01-04').dayOfWeek  => 7
date('2026-11-22').dayOfWeek  => 7
date('2026-01-05').week  => 2
date('2026-01-05').quarter  => 1
date('2026-01-05').ordinalDay  => 5
date('2026-01-05') < date('2026-02-01')  => true
date('2026-01-05') = date('2026-01-05')  => true
toString(date('2026-01-05'))  => "2026-01-05"
toString(date('2026-01-05') + duration('P1D'))  => "2026-01-06"
toString(date('2026-01-31') + duration('P1M'))  => "2026-02-28"
toString(date('2026-01-05') - duration({days:7}))  => "2025-12-29"
datetime('2026-01-05T10:30:00Z').hour  => 10
datetime('2026-01-05T10:30:00.123Z').minute  => 30
datetime('2026-01-05T10:30:00.123Z').millisecond  => 123
datetime('2026-01-05T10:30:00.000Z').epochMillis  => 1767609000000
datetime('2026-01-05T10:30:00.000Z').epochSeconds  => 1767609000
datetime('2026-01-05T10:30:00Z').dayOfWeek  => 1
datetime('2026-01-05T10:30:00Z') < datetime('2026-01-05T11:30:00Z')  => true
toString(datetime('2026-01-05T10:30:00Z'))  => "2026-01-05T10:30:00Z"
duration('P1D').days  => 1
duration.between(date('2026-01-05'),date('2026-01-10')).days  => 5
duration.inDays(date('2026-01-05'),date('2026-01-10')).days  => 5
toString(date.truncate('month',date('2026-01-05')))  => "2026-01-01"
time('10:30').hour  => 10
localdatetime('2026-01-05T10:30:00').hour  => 10
date({year:2026,month:1,day:5}).day  => 5
date(null)  => null
date('2026-01-05').year + 1  => 2027
datetime() > datetime('2020-01-01T00:00:00Z')  => true
date() > date('2020-01-01')  => true
null + 'a'  => null
`;

System.Console.WriteLine("aiaccess");
